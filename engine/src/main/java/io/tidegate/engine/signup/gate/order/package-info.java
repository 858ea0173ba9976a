/** What operators have ordered and announced for the sale of a plan. */
package io.tidegate.engine.signup.gate.order;
