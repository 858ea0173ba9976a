/** What a subscriber, a tier and a feature are entitled to, counted without locks. */
package io.tidegate.engine.quota;
