package io.tidegate.http.proxy.asked;

import io.tidegate.engine.admission.AdmissionRequest;

/**
 * What a request asks for.
 *
 * @param admission as the engine takes it
 * @param model the model it names; empty text if it names none, or that cannot be seen
 */
public record Asked(AdmissionRequest admission, String model) {}
