package org.dl4jsnn.internal.compact;

import java.io.IOException;

/**
 * The bytes of a model file for its neurons. Damaged bytes throw an IOException that names them.
 */
public interface NeuronSource {

  /**
   * Reads a byte that is 0 or 1.
   *
   * @return true for 1
   * @throws IOException if it is another number
   */
  boolean flag(String name) throws IOException;

  /**
   * Reads a byte.
   *
   * @throws IOException if it is out of range
   */
  int small(String name, int least, int most) throws IOException;

  /**
   * Reads an ordinal.
   *
   * @param constants all constants, in order
   * @throws IOException if there is none
   */
  <E> E constant(String name, E[] constants) throws IOException;

  /**
   * Reads a number.
   *
   * @throws IOException if the bytes end
   */
  double real(String name) throws IOException;

  /**
   * Reads a count, 1 or the channels, and that many finite numbers.
   *
   * @throws IOException if the count is another one, or a number is not finite
   */
  double[] realsOfChannels(String name, int channels) throws IOException;

  /**
   * Reads a count, 1 or the channels, and that many whole numbers.
   *
   * @throws IOException if the count is another one
   */
  int[] integersOfChannels(String name, int channels) throws IOException;
}
