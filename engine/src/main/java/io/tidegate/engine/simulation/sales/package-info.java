/**
 * Forty days of a plan's sale in virtual time: what the sign-up gate is worth, beside no gate and
 * beside one that looks at the load of the moment.
 */
package io.tidegate.engine.simulation.sales;
