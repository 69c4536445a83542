package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The answer to a sample depends on the sample alone, to the last bit, wherever it lies in a
 * minibatch of whatever size: up to a {@link LeakyReadOut} nothing rests on products of ND4J, which
 * round by the size of the minibatch on some processors.
 */
class SampleAloneTest {

  private static final int SAMPLES = 64;
  private static final int STEPS = 9;
  private static final int[] SIZES = {1, 2, 7, SAMPLES};

  static Stream<Named<SpikeEncoding>> encodings() {
    return Stream.of(
        Named.of("poisson", SpikeEncoding.poisson(STEPS).build()),
        Named.of("direct", SpikeEncoding.direct(STEPS).build()),
        Named.of("latency", SpikeEncoding.latency(STEPS).build()));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void shouldAnswerImagesAloneAsInAnyMinibatch(SpikeEncoding encoding) {
    CurrentNormalization normalization = new CurrentNormalization().startingAt(0.8, 0.1);
    MultiLayerNetwork network =
        network(
            SmallNetworks.settings()
                .list()
                .layer(encoding)
                .layer(
                    new SpikingConvolution2D.Builder(3, 3)
                        .nOut(6)
                        .normalization(normalization)
                        .build())
                .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build())
                .layer(new SpikingConvolution2D.Builder(2, 2).nOut(5).leak(0.9).build())
                .layer(new SpikingDense.Builder().nOut(33).hasBias(true).build())
                .layer(new LeakyReadOut.Builder().nOut(SmallNetworks.CLASSES).leak(0.9).build())
                .setInputType(InputType.convolutional(SmallNetworks.SIZE, SmallNetworks.SIZE, 1)));
    DataSet images = SmallNetworks.images(SAMPLES, 3);
    assertAlone(network, images.getFeatures());
  }

  @ParameterizedTest
  @MethodSource("org.dl4jsnn.asf.SampleAloneTest#widths")
  void shouldAnswerSequencesAloneAsInAnyMinibatch(int width) {
    MultiLayerNetwork network =
        network(
            SmallNetworks.settings()
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(new SpikingDense.Builder().nOut(width).build())
                .layer(new SpikingRecurrent.Builder().nOut(width).leak(0.8).build())
                .layer(new LeakyReadOut.Builder().nOut(4).leak(0.9).synapticDecay(0.5).build())
                .setInputType(InputType.recurrent(11, STEPS)));
    Nd4j.getRandom().setSeed(5);
    assertAlone(network, Nd4j.rand(DataType.FLOAT, SAMPLES, 11, STEPS));
  }

  static IntStream widths() {
    return IntStream.of(1, 40, 130);
  }

  private static MultiLayerNetwork network(NeuralNetConfiguration.ListBuilder list) {
    return Networks.of(list.build());
  }

  private static void assertAlone(MultiLayerNetwork network, INDArray features) {
    INDArray all = network.output(features).dup();
    for (int size : SIZES) {
      // Other neighbours and another place each time; samples of the end and the start meet.
      for (int first = 0; first < SAMPLES; first += Math.max(size, 13)) {
        int from = first;
        int[] samples = IntStream.range(0, size).map(i -> (from + 5 * i) % SAMPLES).toArray();
        assertSameBits(
            rows(all, samples),
            network.output(rows(features, samples)),
            "minibatch " + Arrays.toString(samples));
      }
    }
  }

  private static INDArray rows(INDArray array, int[] samples) {
    long[] shape = array.shape().clone();
    shape[0] = 1;
    return Nd4j.concat(
        0,
        IntStream.of(samples)
            .mapToObj(i -> array.slice(i).dup('c').reshape(shape))
            .toArray(INDArray[]::new));
  }
}
