package org.dl4jsnn.property;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.dl4jsnn.property.RandomNetworkPlan.Precision;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients are finite, and training depends on the seed alone. */
@AddLifecycleHook(Tries.class)
class TrainingPropertiesTest {

  @Provide
  Arbitrary<RandomNetworkPlan> any() {
    return RandomNetworkPlan.any(
            Arithmetic.ROUGH, Precision.SINGLE, Precision.SINGLE, Precision.DOUBLE, Precision.HALF)
        .map(RandomNetworkPlan::tame);
  }

  @Provide
  Arbitrary<RandomNetworkPlan> singleOrDouble() {
    return RandomNetworkPlan.any(Arithmetic.ROUGH, Precision.SINGLE, Precision.DOUBLE)
        .map(RandomNetworkPlan::tame);
  }

  @Property(tries = 15)
  void shouldHaveFiniteGradients(@ForAll("singleOrDouble") RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    Same.finite(network.gradient(network.features(), network.labels()), "gradient");
    network.fit(network.features(), network.labels());
    Same.finite(network.parameters(), "parameters");
  }

  @Property(tries = 15)
  void shouldNotDependOnTheNumberOfThreads(
      @ForAll("any") RandomNetworkPlan plan, @ForAll @IntRange(min = 1, max = 8) int threads)
      throws Exception {
    DrawnNetwork network = DrawnNetwork.of(plan);
    DrawnNetwork other = DrawnNetwork.of(plan);
    INDArray features = network.features();
    INDArray labels = network.labels();
    Same.bits(
        network.rates(features), PoolThreads.run(threads, () -> other.rates(features)), "rates");
    Same.bits(
        network.gradient(features, labels),
        PoolThreads.run(threads, () -> other.gradient(features, labels)),
        "gradient");
    network.fit(features, labels);
    PoolThreads.run(
        threads,
        () -> {
          other.fit(features, labels);
          return null;
        });
    Same.bits(network.parameters(), other.parameters(), "parameters after an update");
  }

  @Property(tries = 12)
  void shouldNotDependOnWorkspaces(@ForAll("any") RandomNetworkPlan plan) {
    DrawnNetwork network = DrawnNetwork.of(plan);
    DrawnNetwork other = DrawnNetwork.of(plan).withoutWorkspaces();
    INDArray features = network.features();
    INDArray labels = network.labels();
    Same.bits(network.rates(features), other.rates(features), "rates");
    network.fit(features, labels);
    other.fit(features, labels);
    Same.bits(network.parameters(), other.parameters(), "parameters after an update");
    Same.bits(network.output(features), other.output(features), "output after an update");
  }

  /** The ways to a second network like the first. */
  private enum Restoring {
    CLONE,
    MODEL_SERIALIZER,
    SAFE_MODELS;

    DrawnNetwork of(DrawnNetwork network) {
      return switch (this) {
        case CLONE -> network.copy();
        case MODEL_SERIALIZER -> network.restored(network.saved());
        case SAFE_MODELS -> network.safelyRestored(network.saved());
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
    Same.bits(network.parameters(), restored.parameters(), "parameters");
    Same.bits(network.output(features), restored.output(features), "output");
    for (int i = 0; i < 2; i++) {
      network.fit(features, labels);
      restored.fit(features, labels);
      Same.bits(network.parameters(), restored.parameters(), "parameters after another update");
    }
    Same.bits(network.output(features), restored.output(features), "output after updates");
  }
}
