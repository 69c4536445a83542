package org.dl4jsnn.nir;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a program runs a graph: files specify neither the time step, nor the reset, nor how the
 * equations are solved. A dialect does the same arithmetic in the same order as its program: it
 * ignores what the program ignores, with a warning, and refuses what the program refuses for lack
 * of an equation (equations 61 to 66 of docs/mathematics.md, table in docs/nir.md). Immutable.
 *
 * <pre>{@code
 * NirDialect exact = NirDialect.exact().withTimeStep(1e-3);
 * MultiLayerNetwork network = NirImport.by(exact).multiLayerNetwork(NirFiles.read(file));
 * }</pre>
 *
 * <ul>
 *   <li>{@link #snnTorch()}, {@link #norse()}, {@link #sinabs()}, {@link #spikingJelly()}:
 *       programs.
 *   <li>{@link #exact()}: the format's equations, solved.
 * </ul>
 */
public final class NirDialect {

  private static final Logger LOG = LoggerFactory.getLogger(NirDialect.class);

  private static final double TENTH_OF_A_MILLISECOND = 1e-4;
  private static final double MILLISECOND = 1e-3;

  private final Program program;
  private final double timeStep;

  /** Null for the program's reset. */
  private final DialectRules.NirReset reset;

  private final boolean lateReset;

  private enum Program {
    SNNTORCH(new SnnTorchRules(), TENTH_OF_A_MILLISECOND),
    NORSE(new NorseRules(), MILLISECOND),
    SINABS(new SinabsRules(), 1),
    SPIKINGJELLY(new SpikingJellyRules(), TENTH_OF_A_MILLISECOND),
    EXACT(new ExactRules(), TENTH_OF_A_MILLISECOND);

    private final DialectRules rules;
    private final double timeStep;

    Program(DialectRules rules, double timeStep) {
      this.rules = rules;
      this.timeStep = timeStep;
    }

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private NirDialect(
      Program program, double timeStep, DialectRules.NirReset reset, boolean lateReset) {
    this.program = program;
    this.timeStep = Require.positiveFinite("time step", timeStep);
    this.reset = reset;
    this.lateReset = lateReset;
  }

  private static NirDialect of(Program program) {
    return new NirDialect(program, program.timeStep, null, false);
  }

  /** {@return snnTorch 0.9.4: 1e-4 s; LIF and CubaLIF are reset to zero, IF by subtraction} */
  public static NirDialect snnTorch() {
    return of(Program.SNNTORCH);
  }

  /** {@return Norse 1.1: 1e-3 s; reset to zero} */
  public static NirDialect norse() {
    return of(Program.NORSE);
  }

  /**
   * {@return sinabs 3.1: reads time constants as numbers of steps, which is a time step of 1 s;
   * reset by subtraction, several spikes per step}
   */
  public static NirDialect sinabs() {
    return of(Program.SINABS);
  }

  /**
   * {@return SpikingJelly 2.0.0.dev1: 1e-4 s; reset to v_reset; reaching the threshold is a spike}
   */
  public static NirDialect spikingJelly() {
    return of(Program.SPIKINGJELLY);
  }

  /**
   * {@return the format's equations, solved for constant input over a step: 1e-4 s; reset to
   * v_reset at the time of the crossing}
   */
  public static NirDialect exact() {
    return of(Program.EXACT);
  }

  /**
   * {@return a dialect by its name}
   *
   * @param name snntorch, norse, sinabs, spikingjelly or exact
   * @throws IllegalArgumentException if no such dialect exists
   */
  public static NirDialect named(String name) {
    Require.given("dialect", name);
    return Stream.of(Program.values())
        .filter(program -> program.text().equals(name.toLowerCase(Locale.ROOT)))
        .map(NirDialect::of)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "dialect must be one of " + String.join(", ", names()) + ", got " + name));
  }

  /** {@return the names of all dialects} */
  public static List<String> names() {
    return Stream.of(Program.values()).map(Program::text).collect(Collectors.toList());
  }

  /**
   * {@return the same dialect with another time step}
   *
   * @param seconds dt, s; positive and finite
   * @throws IllegalArgumentException if the time step is not positive and finite
   */
  public NirDialect withTimeStep(double seconds) {
    return new NirDialect(program, seconds, reset, lateReset);
  }

  /**
   * {@return the same dialect, but spikes of all neurons subtract the threshold from the membrane
   * potential}
   */
  public NirDialect withResetBySubtraction() {
    return withReset(DialectRules.NirReset.BY_SUBTRACTION);
  }

  /**
   * {@return the same dialect, but spikes of all neurons set the membrane potential to the
   * program's value: zero or v_reset}
   */
  public NirDialect withResetToValue() {
    return withReset(DialectRules.NirReset.TO_VALUE);
  }

  private NirDialect withReset(DialectRules.NirReset other) {
    return new NirDialect(program, timeStep, other, lateReset);
  }

  /**
   * {@return snnTorch with resets one step late, the default of its neurons; its file reader uses
   * immediate resets for all neurons but recurrent CubaLIF ({@link #ofRecurrent})}
   *
   * @throws IllegalStateException if this is another dialect
   */
  public NirDialect withLateReset() {
    if (program != Program.SNNTORCH) {
      throw new IllegalStateException(
          "late resets must be used with snntorch, got the dialect " + this);
    }
    return new NirDialect(program, timeStep, reset, true);
  }

  /**
   * {@return the dialect of neurons with recurrent weights of their own ({@link
   * NirGraph#recurrentNeurons}): with late resets for a CubaLIF in snnTorch, otherwise this one}
   * snnTorch's reader makes RSynaptic of a recurrent CubaLIF, which resets one step late whatever
   * the reader asks for; all other neurons of a file reset at once.
   *
   * @param node the neurons
   */
  public NirDialect ofRecurrent(NirNeurons node) {
    boolean isRecurrentSynaptic = Require.given("node", node) instanceof NirNeurons.CubaLIF;
    return program == Program.SNNTORCH && isRecurrentSynaptic ? withLateReset() : this;
  }

  /** {@return the name: snntorch, norse, sinabs, spikingjelly or exact} */
  public String name() {
    return program.text();
  }

  /** {@return the time step dt, in s} */
  public double timeStep() {
    return timeStep;
  }

  /** The reset set for all spiking neurons; empty for the program's. */
  Optional<DialectRules.NirReset> reset() {
    return Optional.ofNullable(reset);
  }

  /** {@return whether resets come one step late, as after {@link #withLateReset}} */
  public boolean isLateReset() {
    return lateReset;
  }

  /**
   * {@return whether an edge that carries the value of the previous step carries a linear node's
   * bias at the first step, as in snnTorch} In snnTorch the previous step's spikes pass through the
   * recurrent weights in the current step; elsewhere the weights' output is carried over, and there
   * is none before the first step.
   */
  public boolean beginsWithBias() {
    return program == Program.SNNTORCH;
  }

  /**
   * {@return the neuron of a layer, from a node whose neurons are channels; an integrator never
   * fires} It is the library's own neuron if that computes the same. Neurons that would fire
   * several times per step fire once.
   *
   * @param name the node's name
   * @param node the node
   * @throws NirRefusedException if the dialect has no equation for a parameter
   */
  public NeuronDynamics neuron(String name, NirNeurons node) {
    return neuron(name, node, this::warn);
  }

  /**
   * {@return the same as {@link #neuron(String, NirNeurons)}}
   *
   * @param name the node's name
   * @param node the node
   * @param ignored gets the node and the name of every parameter that the dialect ignores, which is
   *     then not logged
   * @throws NirRefusedException if the dialect has no equation for a parameter
   */
  public NeuronDynamics neuron(String name, NirNeurons node, BiConsumer<String, String> ignored) {
    Require.given("name", name);
    Require.given("node", node);
    Require.given("ignored", ignored);
    return DialectLayers.ofLayer(
        name,
        node,
        simulated(name, node, parameter -> ignored.accept(name, parameter)),
        DialectNode.of(this, node).text());
  }

  /**
   * {@return the dialect with which imported neurons or integrators were read, with its time step
   * and reset}
   *
   * @param origin the text that a layer keeps of their node
   * @throws IllegalArgumentException if the text is of no node or names no dialect
   */
  public static NirDialect ofOrigin(String origin) {
    return of(DialectNode.read(origin));
  }

  static NirDialect of(DialectNode origin) {
    NirDialect dialect = named(origin.dialect()).withTimeStep(origin.timeStep());
    dialect = origin.reset() == null ? dialect : dialect.withReset(origin.reset());
    return origin.lateReset() ? dialect.withLateReset() : dialect;
  }

  /** Logs a parameter that a dialect ignores. */
  void warn(String name, String parameter) {
    LOG.warn(
        "node {}: {} is ignored in the dialect {}, as the program does", name, parameter, name());
  }

  /** The neuron of a simulation, in which initial membranes may differ. */
  LinearNeuron simulated(String name, NirNeurons node, Consumer<String> ignored) {
    NeuronShapes.require(name, node);
    DialectRules.DialectSettings settings =
        new DialectRules.DialectSettings(timeStep, reset, lateReset, ignored);
    try {
      return program.rules.neuron(node, settings);
    } catch (NirRefusedException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new NirRefusedException(name, node, e.getMessage());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NirDialect that
        && program == that.program
        && Double.compare(timeStep, that.timeStep) == 0
        && reset == that.reset
        && lateReset == that.lateReset;
  }

  @Override
  public int hashCode() {
    return Objects.hash(program, timeStep, reset, lateReset);
  }

  @Override
  public String toString() {
    return name()
        + ", time step "
        + timeStep
        + " s"
        + (reset == null
            ? ""
            : ", reset " + reset.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        + (lateReset ? ", one step late" : "");
  }
}
