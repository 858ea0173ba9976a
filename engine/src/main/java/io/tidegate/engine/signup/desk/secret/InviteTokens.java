package io.tidegate.engine.signup.desk.secret;

import io.tidegate.engine.signup.WaitEntry;
import io.tidegate.engine.signup.store.table.Fingerprints;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * What somebody shows who was invited: the id of the entry and a signature over it, its plan and
 * the time of the invite. No token fits another entry, plan or invite, nor another store.
 *
 * <p>Threading: safe for all.
 */
public final class InviteTokens {
  private static final String USE = "invite";
  private static final char MARK = '.';

  private final Fingerprints fingerprints;

  /** Tokens that only whoever has these fingerprints' secret can make. */
  public InviteTokens(Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
  }

  /** The token of an entry that is invited. */
  public String of(WaitEntry entry) {
    return entry.id() + MARK + signature(entry);
  }

  /** Which entry a token claims to be for; nothing is checked yet. */
  public static Optional<String> entryId(String token) {
    int mark = token.lastIndexOf(MARK);
    return mark > 0 ? Optional.of(token.substring(0, mark)) : Optional.empty();
  }

  /** Whether a token is that of this entry's invite, used or not. */
  public boolean fits(String token, WaitEntry entry) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), of(entry).getBytes(StandardCharsets.UTF_8));
  }

  // By the time of the call: it stays when the entry ends, and a second invite has another one.
  private String signature(WaitEntry entry) {
    byte[] signature =
        fingerprints.bytes(
            USE, "%s %s %d".formatted(entry.id(), entry.plan(), entry.invitedAtMillis().orElse(0)));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }
}
