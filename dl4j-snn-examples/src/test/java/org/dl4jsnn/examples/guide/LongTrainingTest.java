package org.dl4jsnn.examples.guide;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.CombinedPreProcessor;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.data.LabelSmoothing;
import org.dl4jsnn.image.AutoAugment;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.image.ImageAugmenter;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.train.LearningRateSchedule;
import org.dl4jsnn.train.StopRequest;
import org.dl4jsnn.train.Training;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.train.TrainingResult;
import org.dl4jsnn.train.TrainingSettings;
import org.dl4jsnn.zoo.ReadOutLoss;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class LongTrainingTest {

  @TempDir private Path folder;

  private static MultiLayerNetwork network() {
    return SpikingNetworks.mlp(8).input(InputType.feedForward(6)).classes(2).steps(4).init();
  }

  private static DataSetIterator samples(int number) {
    Random random = new Random(1);
    List<DataSet> samples = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      float[] features = new float[6];
      for (int j = 0; j < features.length; j++) {
        features[j] = random.nextFloat();
      }
      float[] label = {i % 2, 1 - i % 2};
      samples.add(
          new DataSet(
              Nd4j.create(features, new long[] {1, 6}, 'c'),
              Nd4j.create(label, new long[] {1, 2}, 'c')));
    }
    return new ListDataSetIterator<>(samples, 8);
  }

  @Test
  void shouldTrainOnceHoweverOftenItIsStarted() throws IOException {
    Path file = folder.resolve("model.zip");
    MultiLayerNetwork trained = train(network(), samples(16), samples(8), file);
    assertEquals(26, trained.getEpochCount());
    assertEquals(27, Files.readAllLines(TrainingFiles.log(file)).size());
    MultiLayerNetwork again = network();
    MultiLayerNetwork same = train(again, samples(16), samples(8), file);
    assertNotSame(again, same);
    assertSameBits(trained.params(), same.params());
    assertSameBits(trained.params(), SafeModels.defaults().multiLayerNetwork(file).params());
  }

  @Test
  void shouldKeepTheBestModelAndStopEarly() throws IOException {
    Path file = folder.resolve("model.zip");
    Path best = chosen(network(), samples(16), samples(8), samples(8), file);
    assertEquals(TrainingFiles.best(file), best);
    int last = SafeModels.defaults().multiLayerNetwork(file).getEpochCount();
    int chosen = SafeModels.defaults().multiLayerNetwork(best).getEpochCount();
    assertTrue(chosen <= last && last <= chosen + 5, chosen + " of " + last);
  }

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

  static MultiLayerNetwork recipe() {
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
