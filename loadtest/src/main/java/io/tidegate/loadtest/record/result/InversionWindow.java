package io.tidegate.loadtest.record.result;

/**
 * A second in which a worse class was admitted although a better one had just been refused for want
 * of room.
 *
 * @param second from the start of the run
 * @param refusedClass the best class that was refused
 * @param admittedClass the worst class that was admitted
 * @param admissions how many such admissions it saw
 */
public record InversionWindow(
    long second, String refusedClass, String admittedClass, long admissions) {

  public InversionWindow plus(InversionWindow other) {
    return new InversionWindow(second, refusedClass, admittedClass, admissions + other.admissions);
  }
}
