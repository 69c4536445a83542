package org.dl4jsnn.internal.kernel;

import java.util.stream.IntStream;

/**
 * Checks that vectorised loops without neurons have the bits of their plain twins, in any width of
 * vectors.
 */
public final class LoopAgreement {

  private LoopAgreement() {}

  /**
   * Compares.
   *
   * @return the number of sizes compared
   */
  public static int check() {
    int[] sizes = IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(511, 1030)).toArray();
    for (int size : sizes) {
      new FlowKernelTest().shouldGiveTheSameBitsInBothKernels(size);
      new CountLoopTest().shouldGiveTheSameNumbers(size, 5, 3, 3);
      new CountLoopTest().shouldGiveTheSameNumbers(5, size, 1, 2);
    }
    return 3 * sizes.length;
  }
}
