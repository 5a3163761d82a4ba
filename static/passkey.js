/* Makes (data-passkey="create") or uses ("get") a passkey with the options that the page brings, and posts what the
   device answers in the form's field "credential". */
(function () {
  "use strict";

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function asked(options) {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    ["excludeCredentials", "allowCredentials"].forEach(function (list) {
      (options[list] || []).forEach(function (known) { known.id = bytes(known.id); });
    });
    return { publicKey: options };
  }

  function answered(credential) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    });
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: response,
      clientExtensionResults: credential.getClientExtensionResults()
    });
  }

  function prepare(form) {
    var error = form.querySelector("[data-passkey-error]");
    form.querySelector("[data-passkey-button]").hidden = false;
    form.querySelector("[data-passkey-without]").hidden = true;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      error.hidden = true;
      navigator.credentials[form.dataset.passkey](asked(JSON.parse(form.dataset.options)))
        .then(function (credential) {
          form.elements.credential.value = answered(credential);
          form.submit();
        })
        .catch(function () { error.hidden = false; });
    });
  }

  if (!window.PublicKeyCredential || !navigator.credentials) return;
  document.querySelectorAll("form[data-passkey]").forEach(prepare);
})();
