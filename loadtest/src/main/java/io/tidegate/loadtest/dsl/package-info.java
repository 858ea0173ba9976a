/**
 * Gatling's words for load tests in plain Java: {@code import static} of {@code CoreDsl} and {@code
 * ChatDsl}, and a class that extends {@code Simulation}.
 */
package io.tidegate.loadtest.dsl;
