/** What streams show of their upstream: is it late, is it slow, and compared with what. */
package io.tidegate.engine.limit.signs;
