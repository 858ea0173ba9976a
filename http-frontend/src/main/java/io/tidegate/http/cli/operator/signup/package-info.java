/** Commands on the sale of plans: who may buy, who has bought, who waits. */
package io.tidegate.http.cli.operator.signup;
