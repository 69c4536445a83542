package org.dl4jsnn.internal.event;

import java.nio.BufferUnderflowException;

/** What a library that reads HDF5 finds wrong with a file, in words. */
public final class DamagedHdf5 {

  private DamagedHdf5() {}

  /**
   * The reason of a failure. For a file that ends too early, the library's exceptions have no
   * message.
   *
   * @param failure what the library has thrown
   * @return its message, or what it means; never null
   */
  public static String reason(Throwable failure) {
    if (failure instanceof BufferUnderflowException) {
      return "it ends in the middle of a number or a name";
    }
    if (failure instanceof StackOverflowError) {
      return "its groups or types are nested without an end";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
