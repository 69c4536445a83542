package org.dl4jsnn.internal.convolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.dl4jsnn.internal.kernel.DenseKernels;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.MatrixKernel;
import org.dl4jsnn.internal.kernel.MatrixTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One block of a product, with gaps between runs that no convolution needs in both factors. */
class MatrixKernelTest {

  private static final int A_START = 3;
  private static final int B_START = 5;
  private static final int C_START = 2;

  @BeforeEach
  void requireTheVectorModule() {
    assumeTrue(Kernels.vectorModulePresent(), "this Java has no jdk.incubator.vector");
  }

  @ParameterizedTest(name = "{0} terms in runs of {1}, added: {2}")
  @CsvSource({"12,4,false", "12,4,true", "11,4,false", "3,8,true", "7,1,false", "1,1,true"})
  void shouldMultiplyAsItsTwin(int terms, int run, boolean add) {
    MatrixKernel kernel = matrix(Kernels.named("vector"));
    MatrixKernel twin = matrix(new PlainDenseKernels(kernel.rows(), kernel.columns()));
    assertArrayEquals(multiply(twin, terms, run, add), multiply(kernel, terms, run, add));
  }

  private static MatrixKernel matrix(KernelProvider kernels) {
    return kernels.denseKernels().map(DenseKernels::matrix).orElseThrow();
  }

  /** All of the product's array: nothing else in it may change. */
  private static float[] multiply(MatrixKernel kernel, int terms, int run, boolean add) {
    Random random = new Random(3);
    int runs = (terms + run - 1) / run;
    MatrixTask task = new MatrixTask();
    task.aStep = 2;
    task.aOuter = run * task.aStep + 7;
    task.aStart = A_START;
    task.firstRow = 1;
    task.aRows = new int[kernel.rows() + 1];
    for (int row = 0; row < task.aRows.length; row++) {
      task.aRows[row] = random.nextInt(100);
    }
    task.a = normal(random, A_START + 100 + runs * task.aOuter);
    task.bStep = kernel.columns() + 1;
    task.bOuter = run * task.bStep + 9;
    task.bStart = B_START;
    task.b = normal(random, B_START + runs * task.bOuter + kernel.columns());
    task.cStart = C_START;
    task.cRow = kernel.columns() + 3;
    task.c = normal(random, C_START + kernel.rows() * task.cRow);
    task.terms = terms;
    task.run = run;
    task.add = add;
    kernel.multiply(task);
    return task.c;
  }

  private static float[] normal(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
