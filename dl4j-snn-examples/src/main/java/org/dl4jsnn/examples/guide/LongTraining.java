package org.dl4jsnn.examples.guide;

import java.nio.file.Path;
import java.time.Duration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.train.LearningRateSchedule;
import org.dl4jsnn.train.StopRequest;
import org.dl4jsnn.train.Training;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.train.TrainingResult;
import org.dl4jsnn.train.TrainingSettings;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Training that survives being killed, as shown in docs/train.md. */
final class LongTraining {

  private LongTraining() {}

  static MultiLayerNetwork train(
      MultiLayerNetwork network, DataSetIterator train, DataSetIterator test, Path file) {
    // begin training
    TrainingSettings settings = TrainingSettings.savingTo(file).epochs(26);
    try (StopRequest stop = StopRequest.onSignal();
        Training training = Training.open(settings, TrainingData.of(train, test))) {
      return training.beginOrResume(network, stop).network();
    }
    // end training
  }

  static Path chosen(
      MultiLayerNetwork network,
      DataSetIterator train,
      DataSetIterator heldOut,
      DataSetIterator test,
      Path file) {
    // begin chosen
    TrainingData data = TrainingData.of(train, heldOut, test);
    int minibatches = (data.trainingSize() + data.batch() - 1) / data.batch();
    TrainingSettings settings =
        TrainingSettings.savingTo(file)
            .epochs(26)
            .patience(5) // epochs without a better accuracy on heldOut
            .learningRates(LearningRateSchedule.COSINE.of(1e-3, 26, minibatches, 500))
            .checkpointEvery(Duration.ofMinutes(2));
    try (StopRequest stop = StopRequest.onSignal();
        Training training = Training.open(settings, data)) {
      TrainingResult<MultiLayerNetwork> result = training.beginOrResume(network, stop);
      return result.best().orElseThrow().file();
    }
    // end chosen
  }
}
