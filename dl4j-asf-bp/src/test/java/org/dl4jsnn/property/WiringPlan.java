package org.dl4jsnn.property;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Layers in any order, over any kind of input, given features of any kind.
 *
 * @param parts the layers before the read-out
 * @param declared the kind of input that the configuration is built with
 * @param given the kind of features that come
 * @param rule how spiking layers learn
 */
record WiringPlan(List<Part> parts, Kind declared, Kind given, RulePlan.Kind rule) {

  enum Part {
    POISSON,
    DIRECT,
    FRAMES,
    SPIKING_DENSE,
    SPIKING_CONVOLUTION,
    SPIKING_AVERAGE,
    SPIKING_MAXIMUM,
    SPIKING_DROPOUT,
    SPIKE_ACCUMULATION,
    DENSE,
    DROPOUT,
    ACTIVATION,
    BATCH_NORMALIZATION,
    CONVOLUTION,
    SUBSAMPLING
  }

  /** A kind of features. */
  enum Kind {
    VECTORS,
    IMAGES,
    FLAT_IMAGES,
    SEQUENCES,
    VIDEOS
  }

  static Arbitrary<WiringPlan> any() {
    Arbitrary<Part> encoding = Arbitraries.of(Part.POISSON, Part.DIRECT, Part.FRAMES);
    Arbitrary<Part> spiking =
        Arbitraries.of(
            Part.SPIKING_DENSE,
            Part.SPIKING_CONVOLUTION,
            Part.SPIKING_AVERAGE,
            Part.SPIKING_MAXIMUM,
            Part.SPIKING_DROPOUT);
    Arbitrary<Part> any = Arbitraries.of(Part.class);
    // Mostly in the order that works; networks with only stock layers are not tested.
    Arbitrary<List<Part>> parts =
        Combinators.combine(
                Arbitraries.oneOf(encoding, encoding, encoding, spiking),
                Arbitraries.oneOf(spiking, spiking, any).list().ofMaxSize(4))
            .as(
                (first, others) -> {
                  others.add(0, first);
                  return others;
                });
    return Combinators.combine(
            parts,
            Arbitraries.of(Kind.class),
            Arbitraries.of(Kind.class),
            Arbitraries.of(0, 1, 2, 3),
            Arbitraries.of(RulePlan.Kind.class))
        .as(
            (layers, declared, other, choice, rule) ->
                new WiringPlan(layers, declared, given(declared, other, choice), rule));
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }

  /** Mostly as declared; Deeplearning4j's preprocessor of flat images does not check what comes. */
  private static Kind given(Kind declared, Kind other, int choice) {
    return choice == 0 && declared != Kind.FLAT_IMAGES ? other : declared;
  }
}
