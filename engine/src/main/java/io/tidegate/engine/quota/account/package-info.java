/** Books: what one subscriber holds, has used, and has left. */
package io.tidegate.engine.quota.account;
