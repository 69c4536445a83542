package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Features in the order of axes of another library. */
class FeatureAxesTest {

  private static final InputType IMAGE = InputType.convolutional(6, 5, 3);
  private static final InputType SERIES = InputType.recurrent(7, 10);
  private static final InputType VIDEO = Networks.film(10, 6, 5, 3);

  private static MultiLayerNetwork network(InputType type) {
    boolean hasTime = type == SERIES || type == VIDEO;
    return Networks.of(
        Networks.seeded(1),
        type,
        (hasTime ? SpikeEncoding.frames() : SpikeEncoding.poisson(4)).build(),
        new SpikingDense.Builder().nOut(2).build());
  }

  private static String refusal(MultiLayerNetwork network, INDArray features) {
    return assertThrows(DL4JInvalidInputException.class, () -> network.output(features))
        .getMessage();
  }

  static Stream<Arguments> orders() {
    return Stream.of(
        Arguments.of(IMAGE, new long[] {2, 6, 5, 3}, "[minibatch, height, width, channels]"),
        Arguments.of(SERIES, new long[] {10, 2, 7}, "[T, minibatch, n]"),
        Arguments.of(SERIES, new long[] {2, 10, 7}, "[minibatch, T, n]"),
        Arguments.of(VIDEO, new long[] {2, 10, 3, 6, 5}, "[minibatch, T, channels, height, width]"),
        Arguments.of(VIDEO, new long[] {10, 2, 3, 6, 5}, "[T, minibatch, channels, height, width]"),
        Arguments.of(VIDEO, new long[] {2, 10, 6, 5, 3}, "[minibatch, T, height, width, channels]"),
        Arguments.of(
            VIDEO, new long[] {10, 2, 6, 5, 3}, "[T, minibatch, height, width, channels]"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void shouldSayHowToGetTheRightOrder(InputType type, long[] shape, String order) {
    MultiLayerNetwork network = network(type);
    INDArray features = Nd4j.rand(shape);
    String message = refusal(network, features);
    Matcher advice =
        Pattern.compile(
                Pattern.quote("the order " + order) + "; give features\\.permute\\(([^)]*)\\)")
            .matcher(message);
    assertTrue(advice.find(), message);
    int[] permutation =
        Arrays.stream(advice.group(1).split(", ")).mapToInt(Integer::parseInt).toArray();
    assertEquals(2, network.output(features.permute(permutation)).size(0));
  }

  @Test
  void shouldNameTheWholeOrder() {
    assertEquals(
        "layer 'layer0' (SpikeEncoding): features must have the axes [minibatch, channels, height,"
            + " width] = [minibatch, 3, 6, 5] of the configuration's input type, got [2, 6, 5, 3]."
            + " Possible cause: the order [minibatch, height, width, channels]; give"
            + " features.permute(0, 3, 1, 2)",
        refusal(network(IMAGE), Nd4j.rand(2, 6, 5, 3)));
    assertEquals(
        "layer 'layer0' (SpikeEncoding): features must have the axes [minibatch, n, T] ="
            + " [minibatch, 7, T] of the configuration's input type, got [10, 2, 7]. Possible cause:"
            + " the order [T, minibatch, n]; give features.permute(1, 2, 0). Or the order"
            + " [minibatch, T, n]; give features.permute(0, 2, 1)",
        refusal(network(SERIES), Nd4j.rand(10, 2, 7)));
  }

  @Test
  void shouldSayHowToGetFromFlatImagesAndSingleSamples() {
    String flat = refusal(network(IMAGE), Nd4j.rand(2, 90));
    assertTrue(flat.endsWith("give features.reshape(2, 3, 6, 5)"), flat);
    String single = refusal(network(IMAGE), Nd4j.rand(3, 6, 5));
    assertTrue(single.endsWith("a single sample; give features.reshape(1, 3, 6, 5)"), single);
    String images = refusal(network(InputType.feedForward(90)), Nd4j.rand(2, 3, 6, 5));
    assertTrue(images.endsWith("give features.reshape(2, 90)"), images);
    String series = refusal(network(SERIES), Nd4j.rand(7, 10));
    assertTrue(series.endsWith("a single sample; give features.reshape(1, 7, 10)"), series);
  }

  @Test
  void shouldTellFeaturesWithTimeFromThoseWithout() {
    String series = refusal(network(InputType.feedForward(7)), Nd4j.rand(10, 2, 7));
    assertTrue(
        series.contains("Possible cause: a time axis, which SpikeEncoding.frames()"), series);
    String vectors = refusal(network(SERIES), Nd4j.rand(2, 8));
    assertTrue(vectors.endsWith("which need SpikeEncoding.poisson(T) or direct(T)"), vectors);
  }

  @Test
  void shouldGiveNoAdviceWhereNoOrderFits() {
    String message = refusal(network(IMAGE), Nd4j.rand(2, 4, 4, 4));
    assertTrue(message.endsWith("got [2, 4, 4, 4]"), message);
  }

  @Test
  void shouldKnowTheAxesOfASavedNetwork() {
    MultiLayerNetwork network = network(SERIES);
    MultiLayerNetwork copy =
        Networks.of(
            MultiLayerConfiguration.fromJson(network.getLayerWiseConfigurations().toJson()));
    String message = refusal(copy, Nd4j.rand(10, 2, 7));
    assertTrue(message.contains("features.permute(1, 2, 0)"), message);
  }

  @Test
  void shouldSayWhatSeriesOfImagesNeed() {
    assertRefused(
        DL4JInvalidInputException.class,
        () -> new SeriesToFrames(3, 2, 2).preProcess(Nd4j.rand(10, 4, 12), 10, null),
        "the order [T, minibatch, n]; give features.permute(1, 2, 0)");
  }
}
