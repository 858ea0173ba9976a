/** What nobody may guess: ids, tokens of invites, keys. */
package io.tidegate.engine.signup.desk.secret;
