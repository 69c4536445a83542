package org.dl4jsnn.examples;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Pictures to train on, to choose the model on, and to test it with. */
interface TrainingData {

  int trainingSize();

  int heldOutSize();

  int testSize();

  /**
   * The minibatches of an epoch. Their order, and how pictures are varied, may depend on nothing
   * but the seed and the epoch: a training that is resumed needs the same ones.
   *
   * @param first minibatches to leave out at the beginning, without making them
   */
  DataSetIterator training(long seed, int epoch, int first);

  /** What the network is given, if options can change it; otherwise empty. */
  default String input() {
    return "";
  }

  DataSetIterator heldOut();

  DataSetIterator test();
}
