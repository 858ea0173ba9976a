package io.tidegate.http.config.signup;

import java.net.URI;
import java.util.Objects;

/**
 * Somebody who is told of events.
 *
 * @param url where they are posted to, http or https
 * @param secret what they are signed with
 */
public record WebhookConfig(URI url, String secret) {

  public WebhookConfig {
    Objects.requireNonNull(url, "url");
    if (secret.isBlank()) {
      throw new IllegalArgumentException("signups.webhooks.secret: is empty");
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "WebhookConfig[" + url + "]";
  }
}
