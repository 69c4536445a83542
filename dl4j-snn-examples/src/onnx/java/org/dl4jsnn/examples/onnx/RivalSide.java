package org.dl4jsnn.examples.onnx;

import org.nd4j.linalg.api.ndarray.INDArray;

/** One side of a comparison: a network in a program that runs it. */
interface RivalSide extends AutoCloseable {

  /** Which program answers, and how. */
  String engine();

  /** Answers a minibatch, or one image. */
  Answers answer(Images images);

  /** Frees what the program holds. */
  @Override
  default void close() {}

  /**
   * Images to answer.
   *
   * @param features all of them, [minibatch, …], in array order
   * @param samples the same, image by image
   */
  record Images(INDArray features, float[][] samples) {

    static Images of(INDArray features) {
      return new Images(features, features.reshape(features.size(0), -1).toFloatMatrix());
    }
  }

  /**
   * What was answered.
   *
   * @param classes the class of each image
   * @param steps the time steps of all images together; 0 without spikes
   */
  record Answers(int[] classes, long steps) {}
}
