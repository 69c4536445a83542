package org.dl4jsnn.simulate;

import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Chooses the engine of a layer, every time it is simulated: the dense one where the backend is not
 * a CPU, or where so many input neurons fire at once that going spike by spike is slower; otherwise
 * the event-driven one. The system property {@value #PROPERTY} overrides the choice: {@code event},
 * {@code dense} or {@code auto}.
 */
public final class Engines {

  /** The system property that overrides the choice. */
  public static final String PROPERTY = "org.dl4jsnn.engine";

  /**
   * The share of input neurons that fire at a step from which on dense operations are faster on a
   * CPU, measured for convolutions and fully connected layers (docs/performance.md).
   */
  private static final double DENSE_FROM = 0.45;

  private Engines() {}

  /**
   * The engine for a layer and what arrives there.
   *
   * @param synapse the synapses
   * @param input the spikes that arrive; their density is measured
   * @param dataType the network's data type
   * @return the engine
   * @throws IllegalArgumentException if the system property names no engine
   */
  public static SimulationEngine choose(Synapse synapse, SpikeTrain input, DataType dataType) {
    String wanted = System.getProperty(PROPERTY, "auto");
    if (wanted.equals("auto")) {
      boolean dense =
          !Nd4j.getEnvironment().isCPU() || synapse.isWeighted() && input.density() >= DENSE_FROM;
      return named(dense ? "dense" : "event", dataType);
    }
    return named(wanted, dataType);
  }

  /**
   * The engine of a name.
   *
   * @param name {@code event} or {@code dense}
   * @param dataType the network's data type
   * @return the engine
   * @throws IllegalArgumentException for another name
   */
  public static SimulationEngine named(String name, DataType dataType) {
    return switch (name) {
      case "event" -> new EventDrivenEngine();
      case "dense" -> new DenseEngine(dataType);
      default ->
          throw new IllegalArgumentException(
              "engine must be 'auto', 'event' or 'dense', got '" + name + "'");
    };
  }
}
