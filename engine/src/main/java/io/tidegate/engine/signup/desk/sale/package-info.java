/** What may be asked about places and subscriptions. */
package io.tidegate.engine.signup.desk.sale;
