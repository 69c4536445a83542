package org.dl4jsnn.event;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.CompoundDataType.CompoundDataMember;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dl4jsnn.internal.Require;

/**
 * Where an HDF5 file has its events: separate columns in a group (DSEC, M3ED, E2VID), members of a
 * compound data set (Metavision), or columns t, x, y, p of one data set (v2e).
 *
 * @param columns the columns
 * @param offset the offset to add to times, in µs
 * @param sensor the size that the file states
 */
record Hdf5Layout(Map<EventColumn, Hdf5Column> columns, long offset, Optional<SensorSize> sensor) {

  /** Numbers of a side of a chunk that holds one or two. */
  private static final int MOST_OF_CHUNK = 1024;

  /** The places to look for events, in this order. */
  private static final List<String> PLACES =
      List.of(
          "CD/events",
          "events",
          "prophesee/left",
          "prophesee/right",
          "prophesee/event_cam_left",
          "prophesee/event_cam_right",
          "");

  /** A text such as 1280x720. */
  private static final String GEOMETRY = "geometry";

  /** Height, then width. */
  private static final String RESOLUTION = "sensor_resolution";

  /** Finds the events, or tells why they cannot be read. */
  static Hdf5Layout find(Group root) {
    for (String place : PLACES) {
      Optional<Node> node = at(root, place);
      Map<EventColumn, Hdf5Column> columns = node.map(Hdf5Layout::columns).orElse(Map.of());
      if (!columns.isEmpty()) {
        check(columns);
        return new Hdf5Layout(
            columns,
            offset(root).orElse(offset(node.get()).orElse(0L)),
            sensor(root, node.get(), place));
      }
    }
    throw new IllegalArgumentException(
        "it must have the columns x, y, t and p in one of " + PLACES + ", got none of them there");
  }

  private static Optional<Node> at(Group root, String place) {
    Node node = root;
    for (String step : place.split("/")) {
      if (!step.isEmpty()) {
        node = node instanceof Group group ? group.getChildren().get(step) : null;
      }
    }
    return Optional.ofNullable(node);
  }

  /** The four columns; empty if the node is something else. */
  private static Map<EventColumn, Hdf5Column> columns(Node node) {
    Map<EventColumn, Hdf5Column> columns = new EnumMap<>(EventColumn.class);
    if (node instanceof Group group) {
      for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
        EventColumn column = EventColumn.named(child.getKey()).orElse(null);
        if (column != null && child.getValue() instanceof Dataset set && isTable(set, 1)) {
          columns.put(
              column, named(set, set.getName(), () -> Hdf5Column.of(set, set.getDataType(), 0)));
        }
      }
    } else if (node instanceof Dataset set && isTable(set, 1) && set.isCompound()) {
      for (CompoundDataMember member : ((CompoundDataType) set.getDataType()).getMembers()) {
        EventColumn.named(member.getName())
            .ifPresent(
                column ->
                    columns.put(
                        column,
                        named(
                            set,
                            member.getName(),
                            () -> Hdf5Column.of(set, member.getDataType(), member.getOffset()))));
      }
    } else if (node instanceof Dataset set && isTable(set, 2)) {
      int size = set.getDataType().getSize();
      for (int i = 0; i < TextLayout.WITHOUT_NAMES.size(); i++) {
        int offset = i * size;
        columns.put(
            TextLayout.WITHOUT_NAMES.get(i),
            named(set, "", () -> Hdf5Column.of(set, set.getDataType(), offset)));
      }
    }
    return columns.size() == EventColumn.values().length ? columns : Map.of();
  }

  private static boolean isTable(Dataset set, int axes) {
    long[] dimensions = set.getDimensionsAsLong();
    return dimensions.length == axes
        && (axes == 1 || dimensions[1] == TextLayout.WITHOUT_NAMES.size());
  }

  /** Names the column that cannot be read. */
  private static Hdf5Column named(Dataset set, String member, Supplier<Hdf5Column> opening) {
    try {
      return opening.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(set.getPath() + " " + member + " " + e.getMessage(), e);
    }
  }

  private static void check(Map<EventColumn, Hdf5Column> columns) {
    long rows = columns.get(EventColumn.T).rows;
    columns.forEach(
        (column, numbers) -> {
          if (numbers.rows != rows) {
            throw new IllegalArgumentException(
                String.format(
                    "%s must have as many rows as t, %s, got %s",
                    column.names.get(0), rows, numbers.rows));
          }
          if (column != EventColumn.T && !numbers.isWhole()) {
            throw new IllegalArgumentException(
                column.names.get(0) + " must be whole numbers, got floating-point numbers");
          }
        });
  }

  /** DSEC: 32-bit times are relative to this offset. */
  private static Optional<Long> offset(Node node) {
    if (node instanceof Group group
        && group.getChildren().get("t_offset") instanceof Dataset offset
        && offset.getSize() == 1) {
      Require.not(
          !isSmall(offset, 1),
          "t_offset must be a number of at most 8 bytes, in a chunk of at most %s if"
              + " any, got a larger one",
          MOST_OF_CHUNK);
      return number(offset.getData());
    }
    return Optional.empty();
  }

  /** Since the library makes room for all that a data set and its chunk claim to have. */
  private static boolean isSmall(Dataset dataset, int numbers) {
    boolean hasSmallChunks =
        !(dataset instanceof ChunkedDataset chunked)
            || Arrays.stream(chunked.getChunkDimensions()).allMatch(side -> side <= MOST_OF_CHUNK);
    return dataset.getSize() == numbers
        && dataset.getDataType().getSize() <= Long.BYTES
        && dataset.getDimensionsAsLong().length <= 2
        && hasSmallChunks;
  }

  private static Optional<Long> number(Object data) {
    Object number = data;
    while (number != null && number.getClass().isArray() && Array.getLength(number) == 1) {
      number = Array.get(number, 0);
    }
    return number instanceof Number value ? Optional.of(value.longValue()) : Optional.empty();
  }

  private static Optional<SensorSize> sensor(Group root, Node events, String place) {
    return resolution(root)
        .or(() -> resolution(events))
        .or(
            () ->
                at(root, place + "/calib/resolution")
                    .filter(node -> node instanceof Dataset set && isSmall(set, 2))
                    .flatMap(node -> size(((Dataset) node).getData(), false)));
  }

  private static Optional<SensorSize> resolution(Node node) {
    Attribute geometry = node.getAttributes().get(GEOMETRY);
    if (geometry != null
        && geometry.getData() instanceof String text
        && text.strip().matches("[0-9]{1,5}x[0-9]{1,5}")) {
      String[] sides = text.strip().split("x");
      return size(new int[] {Integer.parseInt(sides[0]), Integer.parseInt(sides[1])}, false);
    }
    Attribute resolution = node.getAttributes().get(RESOLUTION);
    return resolution == null ? Optional.empty() : size(resolution.getData(), true);
  }

  private static Optional<SensorSize> size(Object data, boolean heightFirst) {
    if (data == null || !data.getClass().isArray() || Array.getLength(data) != 2) {
      return Optional.empty();
    }
    long first = Array.get(data, 0) instanceof Number number ? number.longValue() : 0;
    long second = Array.get(data, 1) instanceof Number number ? number.longValue() : 0;
    long width = heightFirst ? second : first;
    long height = heightFirst ? first : second;
    return SensorSize.isSide(width) && SensorSize.isSide(height)
        ? Optional.of(new SensorSize((int) width, (int) height))
        : Optional.empty();
  }
}
