/** Sessions: opened and continued on the caller's thread, closed by the shards that own them. */
package io.tidegate.engine.session;
