package org.dl4jsnn.property;

import static org.dl4jsnn.SameBits.assertFinite;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import org.dl4jsnn.contract.SeparatePool;
import org.dl4jsnn.property.RandomNetworkPlan.Precision;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Gradients are finite, and training depends on the seed alone. */
@AddLifecycleHook(Tries.class)
class TrainingPropertiesTest {

  private static final String NEAR = "within 1e-5";

  @Provide
  Arbitrary<RandomNetworkPlan> any() {
    return RandomNetworkPlan.any(
            Arithmetic.ROUGH, Precision.SINGLE, Precision.SINGLE, Precision.DOUBLE, Precision.HALF)
        .map(RandomNetworkPlan::tame);
  }

  @Provide
  Arbitrary<RandomNetworkPlan> single() {
    return RandomNetworkPlan.any(Arithmetic.ROUGH, Precision.SINGLE);
  }

  @Provide
  Arbitrary<RandomNetworkPlan> singleOrDouble() {
    return RandomNetworkPlan.any(Arithmetic.ROUGH, Precision.SINGLE, Precision.DOUBLE)
        .map(RandomNetworkPlan::tame);
  }

  @Property(tries = 15)
  void shouldHaveFiniteGradients(@ForAll("singleOrDouble") RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    assertFinite(network.gradient(network.features(), network.labels()), "gradient");
    network.fit(network.features(), network.labels());
    assertFinite(network.parameters(), "parameters");
  }

  @Property(tries = 15)
  void shouldNotDependOnTheNumberOfThreads(
      @ForAll("any") RandomNetworkPlan plan, @ForAll @IntRange(min = 1, max = 8) int threads)
      throws Exception {
    DrawnNetwork network = DrawnNetwork.of(plan);
    DrawnNetwork other = DrawnNetwork.of(plan);
    INDArray features = network.features();
    INDArray labels = network.labels();
    assertSameBits(
        network.rates(features), SeparatePool.run(threads, () -> other.rates(features)), "rates");
    assertSameBits(
        network.gradient(features, labels),
        SeparatePool.run(threads, () -> other.gradient(features, labels)),
        "gradient");
    network.fit(features, labels);
    SeparatePool.run(
        threads,
        () -> {
          other.fit(features, labels);
          return null;
        });
    assertSameBits(network.parameters(), other.parameters(), "parameters after an update");
  }

  @Property(tries = 60)
  void shouldHaveTheSameGradientByEvents(@ForAll("single") RandomNetworkPlan plan) {
    DrawnNetwork network = inTime(plan, true);
    INDArray events = network.gradient(network.features(), network.labels());
    INDArray dense = gradientInTime(plan);
    assertFinite(events, "gradient by events");
    double difference = distance(events, dense);
    boolean isNear = difference <= 1e-5 * dense.norm2Number().doubleValue();
    if (!isNear) {
      // Statistics magnify rounding, of both ways.
      INDArray exact = gradientInTime(plan.with(Precision.DOUBLE)).castTo(DataType.FLOAT);
      assertTrue(distance(events, exact) <= 2 * distance(dense, exact), difference + " apart");
    }
    Statistics.collect(
        network.goesByEvents() ? "by events" : "dense",
        isNear ? NEAR : "as near to double precision");
    Statistics.coverage(of -> of.check("by events", NEAR).percentage(share -> share > 50));
  }

  private static INDArray gradientInTime(RandomNetworkPlan plan) {
    DrawnNetwork network = inTime(plan, false);
    return network.gradient(network.features(), network.labels());
  }

  /**
   * Without statistics of a few numbers, whose gradients are nothing but rounding: of a few samples
   * or positions, and from a fully connected layer on.
   */
  private static DrawnNetwork inTime(RandomNetworkPlan plan, boolean byEvents) {
    AtomicBoolean few = new AtomicBoolean(plan.samples() < 3 || plan.height() < 4);
    return DrawnNetwork.of(
        plan.withLayers(
            layer -> {
              few.compareAndSet(false, layer.kind() == LayerPlan.Kind.DENSE);
              return layer
                  .with(few.get() ? layer.layer().withoutNormalisation() : layer.layer())
                  .with(layer.rule().compact(byEvents))
                  .tame();
            }));
  }

  private static double distance(INDArray one, INDArray other) {
    return one.sub(other).norm2Number().doubleValue();
  }

  @Property(tries = 12)
  void shouldNotDependOnWorkspaces(@ForAll("any") RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    DrawnNetwork other = DrawnNetwork.of(plan).withoutWorkspaces();
    INDArray features = network.features();
    INDArray labels = network.labels();
    assertSameBits(network.rates(features), other.rates(features), "rates");
    // Minibatches of two sizes, and more of them than a workspace needs to learn its size.
    INDArrayIndex one = NDArrayIndex.interval(0, 1);
    for (int i = 0; i < 5; i++) {
      for (DrawnNetwork either : List.of(network, other)) {
        either.fit(features, labels);
        either.fit(features.get(one), labels.get(one));
      }
    }
    assertSameBits(network.parameters(), other.parameters(), "parameters after updates");
    assertSameBits(network.output(features), other.output(features), "output after updates");
  }

  /** The ways to a second network like the first. */
  private enum Restoring {
    CLONE,
    MODEL_SERIALIZER,
    SAFE_MODELS;

    DrawnNetwork of(DrawnNetwork network) {
      return switch (this) {
        case CLONE -> network.copy();
        case MODEL_SERIALIZER -> network.restored();
        case SAFE_MODELS -> network.safelyRestored();
      };
    }
  }

  @Property(tries = 15)
  void shouldGoOnAfterARestoreAsIfNothingHadHappened(
      @ForAll("any") RandomNetworkPlan plan, @ForAll Restoring restoring) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    INDArray features = network.features();
    INDArray labels = network.labels();
    network.fit(features, labels);
    DrawnNetwork restored = restoring.of(network);
    assertSameBits(network.parameters(), restored.parameters(), "parameters");
    assertSameBits(network.output(features), restored.output(features), "output");
    for (int i = 0; i < 2; i++) {
      network.fit(features, labels);
      restored.fit(features, labels);
      assertSameBits(
          network.parameters(), restored.parameters(), "parameters after another update");
    }
    assertSameBits(network.output(features), restored.output(features), "output after updates");
  }
}
