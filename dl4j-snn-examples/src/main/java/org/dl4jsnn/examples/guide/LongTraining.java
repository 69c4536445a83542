package org.dl4jsnn.examples.guide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.deeplearning4j.datasets.iterator.CombinedPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.data.LabelSmoothing;
import org.dl4jsnn.image.AutoAugment;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.image.ImageAugmenter;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.train.LearningRateSchedule;
import org.dl4jsnn.train.StopRequest;
import org.dl4jsnn.train.Training;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.train.TrainingResult;
import org.dl4jsnn.train.TrainingSettings;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.learning.config.Adam;

/** Recipes, and training that survives being killed, as shown in docs/train.md. */
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

  static TrainingData augment(DataSetIterator train, DataSetIterator test, long seed) {
    // begin augmentation
    ImageAugmentation augmentation =
        ImageAugmentation.chain(
            ImageAugmentation.shift(4, 0),
            ImageAugmentation.flip(0.5),
            AutoAugment.cifar10(),
            ImageAugmentation.cutout(16, 125));
    ImageAugmenter augmenter = new ImageAugmenter(augmentation, seed);
    List<DataSetPreProcessor> parts =
        List.of(
            augmenter, // before pixels are scaled
            new ImagePreProcessingScaler(),
            new LabelSmoothing(0.1));
    CombinedPreProcessor.Builder all = new CombinedPreProcessor.Builder();
    parts.forEach(all::addPreProcessor);
    train.setPreProcessor(all.build());
    // a resumed training goes on with the same images
    TrainingData data = TrainingData.of(train, test).augmentedBy(augmenter);
    // end augmentation
    return data;
  }

  static MultiLayerNetwork network() {
    // begin network
    MultiLayerNetwork network =
        SpikingNetworks.vgg7()
            .steps(4)
            .direct()
            .normalization(new CurrentNormalization())
            .reset(Reset.bySubtraction())
            .poolingReset(Reset.bySubtraction())
            .initialMembraneShare(0.5) // of the threshold: rounds to the nearest number of spikes
            .backprop(new AsfBackprop().withSaturationGate())
            .loss(ReadOutLoss.CROSS_ENTROPY)
            .updater(new Adam(1e-3))
            .weightDecay(5e-2) // separate from the gradient, instead of l2
            .init();
    // end network
    return network;
  }

  static TrainingSettings settings(Path file) {
    // begin average
    TrainingSettings settings = TrainingSettings.savingTo(file).epochs(60).averageWeights(0.999);
    // end average
    return settings;
  }
}
