package org.dl4jsnn.property;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.property.RandomNetworkPlan.Precision;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a network answers depends on the sample alone. */
@AddLifecycleHook(Tries.class)
class NetworkPropertiesTest {

  private static final double ROUNDING = 1e-4;

  @Provide
  Arbitrary<RandomNetworkPlan> exact() {
    return RandomNetworkPlan.any(Arithmetic.EXACT, Precision.SINGLE, Precision.DOUBLE);
  }

  @Provide
  Arbitrary<RandomNetworkPlan> rough() {
    return RandomNetworkPlan.any(
        Arithmetic.ROUGH, Precision.SINGLE, Precision.SINGLE, Precision.DOUBLE, Precision.HALF);
  }

  @Property(tries = 25)
  void shouldAnswerAndLearnTheSameInBothEnginesWhereSumsAreExact(
      @ForAll("exact") RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    INDArray features = network.features();
    INDArray labels = network.labels();
    List<INDArray> chosen = network.rates(features);
    assertSameBits(
        chosen, withEngine("event", () -> network.rates(features)), "event-driven: rates");
    assertSameBits(chosen, withEngine("dense", () -> network.rates(features)), "dense: rates");
    assertSameBits(
        withEngine("event", () -> network.gradient(features, labels)),
        withEngine("dense", () -> network.gradient(features, labels)),
        "gradient");
  }

  private static <R> R withEngine(String engine, Supplier<R> work) {
    System.setProperty(Engines.PROPERTY, engine);
    try {
      return work.get();
    } finally {
      System.clearProperty(Engines.PROPERTY);
    }
  }

  /** The read-out is a product of matrices, which rounds by the size of the minibatch. */
  @Property(tries = 25)
  void shouldAnswerEachSampleIndependently(@ForAll("rough") RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    INDArray features = network.features();
    List<INDArray> all = network.rates(features);
    INDArray output = network.output(features);
    List<Integer> order = IntStream.range(0, plan.samples()).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(plan.seed()));
    List<Integer> some = order.subList(0, 1 + new Random(plan.seed()).nextInt(plan.samples()));
    for (List<Integer> chosen : List.of(order, some, order.subList(0, 1))) {
      int[] samples = chosen.stream().mapToInt(i -> i).toArray();
      List<INDArray> expected = all.stream().map(rates -> rows(rates, samples)).toList();
      assertSameBits(
          expected, network.rates(rows(features, samples)), "samples " + chosen + ": rates");
      assertTrue(
          rows(output, samples).equalsWithEps(network.output(rows(features, samples)), ROUNDING),
          "output of samples " + chosen);
    }
  }

  @Property(tries = 20)
  void shouldReadFeaturesOfAnyDataType(
      @ForAll("rough") RandomNetworkPlan plan, @ForAll("types") DataType type) {
    RandomNetworkPlan binary = plan.with(plan.encoding().with(EncodingPlan.Form.BINARY));
    DrawnNetwork network = DrawnNetwork.of(binary);
    DrawnNetwork other = DrawnNetwork.of(binary);
    INDArray features = network.features();
    INDArray given = features.castTo(type);
    assertSameBits(network.rates(features), other.rates(given), "rates");
    network.fit(features, network.labels());
    other.fit(given, network.labels());
    assertSameBits(network.parameters(), other.parameters(), "parameters");
  }

  @Provide
  Arbitrary<DataType> types() {
    return Arbitraries.of(
        DataType.FLOAT,
        DataType.DOUBLE,
        DataType.FLOAT16,
        DataType.INT32,
        DataType.INT64,
        DataType.INT16,
        DataType.INT8,
        DataType.UINT8,
        DataType.BOOL);
  }

  private static INDArray rows(INDArray array, int... samples) {
    INDArray[] rows = new INDArray[samples.length];
    for (int i = 0; i < samples.length; i++) {
      long[] shape = array.shape().clone();
      shape[0] = 1;
      rows[i] = array.slice(samples[i]).dup('c').reshape(shape);
    }
    return Nd4j.concat(0, rows);
  }

  @Property(tries = 25)
  void shouldReadFeaturesAndLabelsHoweverTheyLieInMemory(
      @ForAll("rough") RandomNetworkPlan plan, @ForAll ArrayLayout layout) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    DrawnNetwork other = DrawnNetwork.of(plan);
    INDArray features = network.features();
    INDArray laidOut = layout.of(features);
    assertSameBits(features, laidOut, "features");
    assertSameBits(network.rates(features), other.rates(laidOut), "rates");
    network.fit(features, network.labels());
    other.fit(laidOut, layout.of(network.labels()));
    assertSameBits(network.parameters(), other.parameters(), "parameters");
    assertSameBits(features, laidOut, "features after training");
  }
}
