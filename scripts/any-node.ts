// Scripts run on the Node that is here, which may be older than Lambda's: of that the SDK needn't warn.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
