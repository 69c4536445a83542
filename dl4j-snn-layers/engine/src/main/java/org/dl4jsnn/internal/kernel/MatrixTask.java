package org.dl4jsnn.internal.kernel;

/**
 * The parameters of one call of a {@link MatrixKernel}: a plain block of fields, reused from call
 * to call, since this is the innermost loop.
 *
 * <p>Row r of the left factor begins at {@code a[aStart + aRows[firstRow + r]]}. Its terms lie in
 * runs: term i of run o is {@code aOuter · o + aStep · i} further on, and its row of the right
 * factor begins at {@code b[bStart + bOuter · o + bStep · i]}.
 */
public final class MatrixTask {

  /** The left factor. */
  public float[] a;

  /** The offset of all indices of the left factor. */
  public int aStart;

  /** For every row of the left factor, where it begins. */
  public int[] aRows;

  /** The first row. */
  public int firstRow;

  /** Distance between two runs in the left factor. */
  public int aOuter;

  /** Distance between two terms in the left factor. */
  public int aStep;

  /** The right factor. */
  public float[] b;

  /** Index of its first term's first column. */
  public int bStart;

  /** Distance between two runs in the right factor. */
  public int bOuter;

  /** Distance between two terms in the right factor. */
  public int bStep;

  /** Terms of a sum; the last run may be cut short. */
  public int terms;

  /** Terms of a run. */
  public int run;

  /** The product. */
  public float[] c;

  /** Index of its first row's first column. */
  public int cStart;

  /** Distance between two rows of the product. */
  public int cRow;

  /** Whether the product is added to what is there. */
  public boolean add;
}
