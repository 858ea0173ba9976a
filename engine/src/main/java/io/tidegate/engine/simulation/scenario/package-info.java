/** What comes at the service: how much, by whom, how long, before which upstream. */
package io.tidegate.engine.simulation.scenario;
