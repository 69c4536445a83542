package org.dl4jsnn.internal.kernel;

import java.util.Locale;

/**
 * The library's loops for training that ND4J's operations can stand in for. Each has a system
 * property, so that a suspected gradient can be traced to one of them: {@code
 * org.dl4jsnn.convolutions}, {@code org.dl4jsnn.products} and {@code org.dl4jsnn.updates}, {@code
 * own} or {@code nd4j}.
 */
public enum OwnLoops {
  /** Convolutions of whole minibatches, forward and back. */
  CONVOLUTIONS,

  /** Products of fully connected layers, forward and back. */
  PRODUCTS,

  /** Adam, L2 regularisation and weight decay. */
  UPDATES;

  private static final String OWN = "own";
  private static final String ND4J = "nd4j";

  /** {@return the system property} */
  public String property() {
    return "org.dl4jsnn." + name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the library's own loops are to be used wherever they can.
   *
   * @return false if ND4J's operations are wanted
   * @throws IllegalArgumentException if the system property is invalid
   */
  public boolean areWanted() {
    String wanted = System.getProperty(property(), OWN);
    return switch (wanted) {
      case OWN -> true;
      case ND4J -> false;
      default ->
          throw new IllegalArgumentException(
              property() + " must be '" + OWN + "' or '" + ND4J + "', got '" + wanted + "'");
    };
  }
}
