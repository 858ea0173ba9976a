/**
 * When virtual users arrive: pure, seeded sequences of intended fire times. Nothing here knows a
 * clock, a thread or a socket.
 */
package io.tidegate.loadtest.arrival;
