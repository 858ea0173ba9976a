/** The engine's front door: how it is set up, started and asked. */
package io.tidegate.engine;
