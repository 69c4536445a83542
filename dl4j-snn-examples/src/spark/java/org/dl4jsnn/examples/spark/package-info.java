/** Training on a Spark cluster (the command {@code spark}, of Maven's profile of that name). */
package org.dl4jsnn.examples.spark;
