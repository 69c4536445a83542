/**
 * What all examples share: printing, errors for the person at the command line, rules of options,
 * threads, other processes. It depends on no other package of the examples.
 */
package org.dl4jsnn.examples.support;
