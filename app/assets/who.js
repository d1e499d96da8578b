// The session id, for handlers that follow on others. Gradio gives `props`.

props.value = window.footnote.session;
