/**
 * The real engine in virtual time, in front of a model of a chat service: what it would do in a
 * surge, in seconds instead of hours, and the same each time.
 */
package io.tidegate.engine.simulation;
