package org.dl4jsnn.examples.guide;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The code of docs/scale.md. */
final class ParallelTraining {

  private ParallelTraining() {}

  /** Trains with workers whose parameters are averaged. */
  static void average(
      MultiLayerNetwork network, DataSetIterator minibatches, int workers, int epochs) {
    // begin averaging
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(network)
            .workers(workers)
            .averagingFrequency(1) // after every minibatch of each worker
            .prefetchBuffer(workers)
            .build();
    for (int epoch = 0; epoch < epochs; epoch++) {
      wrapper.fit(minibatches);
      network.incrementEpochCount(); // ParallelWrapper does not
    }
    // end averaging
  }

  /** Trains with workers that share their gradients. */
  static void share(MultiLayerNetwork network, DataSetIterator minibatches, double learningRate) {
    // begin sharing
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(network)
            .workers(2)
            .trainingMode(ParallelWrapper.TrainingMode.SHARED_GRADIENTS)
            .thresholdAlgorithm(new FixedThresholdAlgorithm(learningRate))
            .prefetchBuffer(2)
            .build();
    // end sharing
    wrapper.fit(minibatches);
  }
}
