package org.dl4jsnn.examples.bench;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.FixedSchedule;

/** The timed networks at the start of their training, with training data. */
enum BenchmarkNetwork {

  /** On the first digits of MNIST. */
  LENET5(64, 10, 200) {
    @Override
    MultiLayerNetwork network(int steps) {
      return SpikingNetworks.lenet5().steps(steps).updater(UPDATER).seed(SEED).init();
    }

    @Override
    DataSetIterator data(int steps, int batch) {
      return MnistFiles.embedded().training().inOrder(batch);
    }
  },

  /** On generated pixels with the mean and deviation of normalised CIFAR-10. */
  VGG7(100, 4, 15) {
    @Override
    MultiLayerNetwork network(int steps) {
      return SpikingNetworks.vgg7().steps(steps).threshold(1).updater(UPDATER).seed(SEED).init();
    }

    @Override
    DataSetIterator data(int steps, int batch) {
      INDArray pixels = Nd4j.create(batch, 3, 32, 32);
      Random random = new Random(SEED);
      for (long i = 0; i < pixels.length(); i++) {
        pixels.putScalar(i, PIXEL_DEVIATION * random.nextGaussian());
      }
      return minibatch(pixels);
    }
  },

  /** On generated event counts with one pixel in ten nonzero. */
  DVS(64, 4, 15) {
    @Override
    MultiLayerNetwork network(int steps) {
      return SpikingNetworks.vgg7Dvs().steps(steps).updater(UPDATER).seed(SEED).init();
    }

    @Override
    DataSetIterator data(int steps, int batch) {
      INDArray counts = Nd4j.create(batch, 2, steps, 42, 42);
      Random random = new Random(SEED);
      for (long i = 0; i < counts.length(); i++) {
        if (random.nextInt(10) == 0) {
          counts.putScalar(i, 1 + random.nextInt(3));
        }
      }
      return minibatch(counts);
    }
  };

  private static final Adam UPDATER = new Adam(new FixedSchedule(8.5e-4));
  private static final long SEED = 1;
  private static final double PIXEL_DEVIATION = 0.45;

  /** Defaults: samples per minibatch, timed minibatches and warm-up minibatches. */
  final int batch;

  final int batches;
  final int warmup;

  BenchmarkNetwork(int batch, int batches, int warmup) {
    this.batch = batch;
    this.batches = batches;
    this.warmup = warmup;
  }

  abstract MultiLayerNetwork network(int steps);

  /** Minibatches to train on repeatedly. */
  abstract DataSetIterator data(int steps, int batch);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static DataSetIterator minibatch(INDArray features) {
    INDArray labels = Nd4j.create(features.size(0), Digits.CLASSES);
    for (long i = 0; i < features.size(0); i++) {
      labels.putScalar(i, i % Digits.CLASSES, 1);
    }
    return new ExistingDataSetIterator(List.of(new DataSet(features, labels)));
  }
}
