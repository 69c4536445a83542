package org.dl4jsnn.examples.bench;

import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.train.TrainingData;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * One training whose model is chosen on held-out samples and then tested once; without such samples
 * the last epoch's model is tested.
 */
final class SeedRun {

  private static final double NANO = 1e-9;

  private final TrainingData data;
  private final UnaryOperator<DataSet> prepared;
  private final int epochs;

  /**
   * A way to train.
   *
   * @param prepared turns a minibatch into the network's input
   */
  SeedRun(TrainingData data, UnaryOperator<DataSet> prepared, int epochs) {
    this.data = data;
    this.prepared = prepared;
    this.epochs = epochs;
  }

  /**
   * The result.
   *
   * @param epoch the epoch after which the model was chosen, from 1
   * @param heldOut its accuracy on the held-out samples; NaN without any
   * @param test its evaluation on the test samples
   * @param samplesPerSecond the speed of training
   */
  record Result(int epoch, double heldOut, Evaluation test, double samplesPerSecond) {}

  Result train(MultiLayerNetwork network, long seed) {
    INDArray chosen = null;
    int epochOfChosen = epochs;
    double best = Double.NaN;
    double seconds = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      seconds += fit(network, data.training(seed, epoch, 0));
      if (data.heldOutSize() > 0) {
        double accuracy = evaluation(network, data.heldOut()).accuracy();
        // If equal, the later model, which has seen more.
        if (!(accuracy < best)) {
          best = accuracy;
          epochOfChosen = epoch + 1;
          chosen = network.params().dup();
        }
      }
    }
    if (chosen != null) {
      network.setParams(chosen);
    }
    return new Result(
        epochOfChosen,
        best,
        evaluation(network, data.test()),
        (double) epochs * data.trainingSize() / seconds);
  }

  private double fit(MultiLayerNetwork network, DataSetIterator minibatches) {
    long start = System.nanoTime();
    try (PrefetchingIterator coming = new PrefetchingIterator(minibatches, 1)) {
      for (int i = 0; i < count(minibatches); i++) {
        network.fit(prepared.apply(coming.next()));
      }
    }
    network.incrementEpochCount();
    return (System.nanoTime() - start) * NANO;
  }

  private int count(DataSetIterator minibatches) {
    return (data.trainingSize() - 1) / minibatches.batch() + 1;
  }

  private Evaluation evaluation(MultiLayerNetwork network, DataSetIterator minibatches) {
    Evaluation measured = new Evaluation();
    while (minibatches.hasNext()) {
      DataSet minibatch = prepared.apply(minibatches.next());
      measured.eval(minibatch.getLabels(), network.output(minibatch.getFeatures()));
    }
    return measured;
  }
}
