/**
 * Load tests that come with the program. Their conversations are composed: lengths and spacing
 * follow the shape of published traces, shortened so that a rehearsal takes minutes.
 */
package io.tidegate.loadtest.builtin;
