package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Chooses the engine of a layer each time it is simulated. On a CPU it is the one for constant
 * currents if the input is the same at every step; the dense one if as many input neurons fire at
 * once as {@value #DENSITY_PROPERTY} says; otherwise the event-driven one. On other backends it is
 * the dense one. The system property {@value #PROPERTY} overrides the choice: {@code event}, {@code
 * dense} or {@code auto}.
 */
public final class Engines {

  /** The system property that overrides the choice. */
  public static final String PROPERTY = "org.dl4jsnn.engine";

  /**
   * The system property for the density threshold: if at least this share of a weighted layer's
   * input neurons fires per step, a CPU simulates it densely. By default it never does, since the
   * event-driven engine was faster at every measured density (docs/performance.md).
   */
  public static final String DENSITY_PROPERTY = "org.dl4jsnn.engine.density";

  private Engines() {}

  /**
   * The engine for a layer and the spikes that arrive, whose density is measured. A recurrent layer
   * is simulated spike by spike, on the CPU. Refuses an invalid system property by an
   * IllegalArgumentException.
   *
   * @param layers provides prepared weights
   */
  public static SimulationEngine choose(
      Synapse synapse,
      Recurrence recurrence,
      SpikeTrain input,
      DataType dataType,
      HostLayers layers) {
    if (recurrence != Recurrence.NONE) {
      return EventDrivenEngine.of(recurrence, layers);
    }
    String wanted = System.getProperty(PROPERTY, "auto");
    if (wanted.equals("auto")) {
      boolean cpu = Nd4j.getEnvironment().isCPU();
      if (cpu && input.isConstant()) {
        return new ConstantCurrentEngine(layers);
      }
      boolean dense = !cpu || synapse.isWeighted() && manySpikes(input);
      return named(dense ? "dense" : "event", dataType, layers);
    }
    return named(wanted, dataType, layers);
  }

  private static boolean manySpikes(SpikeTrain input) {
    String limit = System.getProperty(DENSITY_PROPERTY);
    if (limit == null) {
      return false;
    }
    try {
      return input.density() >= Double.parseDouble(limit);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          DENSITY_PROPERTY + " must be a number, got '" + limit + "'", e);
    }
  }

  /**
   * The engine named {@code event} or {@code dense}; refuses another name by an
   * IllegalArgumentException.
   */
  public static SimulationEngine named(String name, DataType dataType) {
    return named(name, dataType, HostLayers.FRESH);
  }

  private static SimulationEngine named(String name, DataType dataType, HostLayers layers) {
    return switch (name) {
      case "event" -> EventDrivenEngine.of(Recurrence.NONE, layers);
      case "dense" -> new DenseEngine(dataType);
      default ->
          throw new IllegalArgumentException(
              "engine must be 'auto', 'event' or 'dense', got '" + name + "'");
    };
  }
}
